import './css/docs.css';
